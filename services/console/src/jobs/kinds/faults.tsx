import { codeOf, type Problem } from '../../api/problem.ts'

/** Why a definition was refused, with each field that is wrong. */
export function Faults({ problem, onReadAgain }: { problem: Problem | undefined; onReadAgain: () => void }) {
  if (problem === undefined) return null
  return (
    <div class="failed" role="alert">
      <p>
        {problem.detail ?? problem.title} <code>{codeOf(problem)}</code>
      </p>
      {problem.errors && (
        <ul>
          {problem.errors.map(({ pointer, detail }) => (
            <li key={pointer}>
              <code>{pointer}</code> {detail}
            </li>
          ))}
        </ul>
      )}
      {problem.status === 412 && (
        <p>
          <button type="button" onClick={onReadAgain}>
            Read it again, without my changes
          </button>
        </p>
      )}
    </div>
  )
}
