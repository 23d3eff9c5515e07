import { GenericContainer, getContainerRuntimeClient, type StartedTestContainer } from 'testcontainers'

const NOT_FOUND = 404

/** A container whose start a signal can abort. The library's own start always runs until the container is ready. */
export class CancellableContainer extends GenericContainer {
  readonly #signal: AbortSignal | undefined
  #id: string | undefined

  constructor(image: string, signal: AbortSignal | undefined) {
    super(image)
    this.#signal = signal
  }

  override async start(): Promise<StartedTestContainer> {
    this.#signal?.throwIfAborted()
    const aborted = new Promise<never>((_, reject) => {
      this.#signal?.addEventListener('abort', () => reject(this.#signal?.reason), { once: true })
    })
    try {
      return await Promise.race([super.start(), aborted])
    } catch (error) {
      await this.#remove()
      throw error
    }
  }

  /** The library calls this between creation and start, also when the start was aborted while it pulled the image. */
  protected override async containerCreated(id: string): Promise<void> {
    this.#id = id
    if (this.#signal?.aborted) await this.#remove()
  }

  async #remove(): Promise<void> {
    if (this.#id === undefined) return
    const engine = await getContainerRuntimeClient()
    await engine.container
      .getById(this.#id)
      .remove({ force: true, v: true })
      .catch((error: { statusCode?: number }) => {
        if (error.statusCode !== NOT_FOUND) throw error
      })
  }
}
