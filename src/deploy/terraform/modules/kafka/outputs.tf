output "topics" {
  description = "Names of the topics, once they are there."
  value       = sort([for topic in kafka_topic.this : topic.name])
}
