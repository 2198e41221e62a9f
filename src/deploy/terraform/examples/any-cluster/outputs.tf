output "topics" {
  description = "Names of the topics."
  value       = module.cluster.topics
}
