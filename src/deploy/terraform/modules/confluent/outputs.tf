output "topics" {
  description = "Names of the topics, once they are there."
  value       = sort([for topic in confluent_kafka_topic.this : topic.topic_name])
}
