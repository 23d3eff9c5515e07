/**
 * The heap of a service, as options of Node: what V8 would choose by itself in a container of 384 MB, as docker-compose.yml has
 * them. Without these options V8 lets garbage fill half a gigabyte before it collects the old part of the heap.
 */
export const SERVICE_HEAP = ['--max-semi-space-size=8', '--max-old-space-size=192']

/**
 * The memory of a service outside the heap, as environment of its process. By default glibc gives each thread memory of its own,
 * and keeps what it once used for buffers. deploy/docker/Dockerfile has the same.
 */
export const SERVICE_ALLOCATOR = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' }
