// Mercurius on Fastify, queries compiled from their second time on: mercurius.js PORT memory|sqlite FOLDER
import Fastify from 'fastify'
import mercurius from 'mercurius'
import { typeDefs } from './schema.js'

const [port, backend, folder] = process.argv.slice(2)
const { resolvers, context } = (await import(`./${backend}.js`)).open(folder)
const app = Fastify({ logger: false })
app.register(mercurius, { schema: typeDefs, resolvers, context, jit: 1, graphiql: false })
await app.listen({ port: Number(port), host: '127.0.0.1' })
