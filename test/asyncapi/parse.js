// Parses the AsyncAPI document on stdin with the packages of this folder, and prints what the parser complains about as JSON.
import { text } from 'node:stream/consumers'
import { Parser } from '@asyncapi/parser'

const { document, diagnostics } = await new Parser().parse(await text(process.stdin))
const complaints = diagnostics.map(({ severity, code, message, path }) => ({ severity, code, message, path }))
const channels = document?.channels().all() ?? []
console.log(JSON.stringify({ complaints, addresses: channels.map(channel => channel.address()) }))
