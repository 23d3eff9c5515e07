// Counts the completions of each user and day from daybook.tasks. Needs Java 17 and the jars that pom.xml names.
//
//   mvn -q dependency:copy-dependencies && java -cp 'target/dependency/*' Completions.java
//
// KAFKA_BROKERS (default 127.0.0.1:9092) and TOPIC_PREFIX say where. GROUP names the consumer group.
import com.fasterxml.jackson.databind.*;
import java.time.Duration;
import java.util.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.*;

class Completions {
  // A real consumer keeps both in its database, and changes them in one transaction.
  static final Map<String, Long> applied = new HashMap<>(), completions = new HashMap<>();

  static void handle(String type, String schema, JsonNode data) {
    // Other types do not matter here, and there will be new ones. A newer version of a known type must not be skipped.
    if (!type.equals("TaskCompleted") && !type.equals("TaskReopened")) return;
    if (!schema.isEmpty() && !schema.endsWith(":1")) throw new IllegalStateException(schema + " is newer than this program");
    String task = data.get("taskId").asText(), user = data.get("userId").asText();
    long sequence = data.get("sequence").asLong();
    // An event may come again: its sequence is not higher than the last one of its task then.
    if (sequence <= applied.getOrDefault(task, 0L)) System.out.println("repeat " + task + " " + sequence);
    else if (type.equals("TaskCompleted")) count(user + " " + data.get("day").asText(), 1);
    else if (data.get("takenBack").asBoolean()) count(user + " " + data.get("completedDay").asText(), -1);
    applied.merge(task, sequence, Math::max);
  }

  static void count(String userAndDay, long by) {
    System.out.println(userAndDay + " " + completions.merge(userAndDay, by, Long::sum));
  }

  static String header(ConsumerRecord<String, byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value());
  }

  public static void main(String[] args) throws Exception {
    var env = new HashMap<>(Map.of("KAFKA_BROKERS", "127.0.0.1:9092", "TOPIC_PREFIX", "", "GROUP", "completions-java"));
    env.putAll(System.getenv());
    String prefix = env.get("TOPIC_PREFIX");
    // Begins with the first event; later runs continue where the group has committed.
    var settings = Map.<String, Object>of("bootstrap.servers", env.get("KAFKA_BROKERS"), "group.id", prefix + env.get("GROUP"),
        "auto.offset.reset", "earliest", "enable.auto.commit", "false");
    var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    var mapper = new ObjectMapper();
    var main = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> { consumer.wakeup(); try { main.join(); } catch (InterruptedException e) { } }));
    try (consumer) {
      consumer.subscribe(List.of(prefix + "daybook.tasks"));
      while (true) {
        for (var record : consumer.poll(Duration.ofSeconds(1)))
          handle(header(record, "ce_type"), header(record, "ce_dataschema"), mapper.readTree(record.value()));
        consumer.commitSync();
      }
    } catch (WakeupException end) { /* SIGINT or SIGTERM */ }
  }
}
