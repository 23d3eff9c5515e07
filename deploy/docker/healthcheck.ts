// Exits with 0 when the service of this container is ready, and else says what is not.
const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`)
if (!answer.ok) throw new Error(await answer.text())
