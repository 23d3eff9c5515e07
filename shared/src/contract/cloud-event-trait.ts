const text = (description: string) => ({ type: 'string', description })

/** What all messages have in common: CloudEvents 1.0 in binary mode. */
export const cloudEventTrait = {
  contentType: 'application/json',
  description:
    'CloudEvents 1.0 on Kafka in binary mode: the attributes are headers, and the value of the record is the data as JSON.',
  headers: {
    type: 'object',
    required: ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_subject', 'ce_time'],
    properties: {
      'content-type': { const: 'application/json' },
      ce_specversion: { const: '1.0' },
      ce_id: text('The same whenever the event is sent again'),
      ce_type: text('The type of the event'),
      ce_source: text('Who made the event, as a path'),
      ce_subject: text('What the event is about: a task, a schedule, a day, a job, a group or a worker'),
      ce_time: { ...text('When the event happened; RFC 3339 in UTC'), format: 'date-time' },
      ce_dataschema: text(
        'The id of the JSON Schema of the data. Daybook sets it in each event. An event without it is of version 1',
      ),
      traceparent: text('The W3C trace context of the request, if there was one'),
    },
  },
}
