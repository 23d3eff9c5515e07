// Loads the rule by which services recognise outages of MongoDB; that of Kafka is loaded with its port.
import '@daybook/shared/mongo/connect-mongo'
import kafkajs from 'kafkajs'
import mongoose from 'mongoose'
import type { Server, World } from './world.ts'

/** The servers of a simulation, which are away from time to time. */
export interface Servers {
  mongo: Server
  kafka: Server
  disk: Server
  all: Server[]
}

const errors = {
  mongo: () => new mongoose.mongo.MongoNetworkError('the connection is closed'),
  kafka: () => new kafkajs.KafkaJSConnectionError('the connection is closed'),
  disk: () => Object.assign(new Error('there is no space left'), { code: 'ENOSPC' }),
}

/** @param rate how many outages a server has in a minute */
export function makeServers(world: World, rate: (name: string) => number): Servers {
  const make = (name: keyof typeof errors): Server => {
    const { time, random, faults, trace } = world
    const perMinute = rate(name)
    let until = 0
    function plan(): void {
      if (perMinute === 0) return
      time.after(random.between(1, Math.ceil(120_000 / perMinute)), () => {
        if (faults.areOver()) return
        const ms = random.between(20, random.chance(0.2) ? 30_000 : 4000)
        until = time.now() + ms
        faults.counts.outages += 1
        trace.note(time.wall(), name, `is away for ${ms} ms`)
        plan()
      })
    }
    plan()
    return { name, isOut: () => !faults.areOver() && time.now() < until, outage: errors[name] }
  }
  const made = { mongo: make('mongo'), kafka: make('kafka'), disk: make('disk') }
  return { ...made, all: Object.values(made) }
}
