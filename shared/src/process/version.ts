import packaged from '../../package.json' with { type: 'json' }

/** The version of Daybook that this process runs. All packages of Daybook have the same one. */
export const { version } = packaged
