// Exits with 0 when the service of this container is ready; otherwise fails with the service's answer.
const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`)
if (!answer.ok) throw new Error(await answer.text())
