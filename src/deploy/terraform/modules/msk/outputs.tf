output "bootstrap_brokers" {
  description = "Brokers for clients with IAM, separated by commas (KAFKA_BOOTSTRAP_SERVERS)."
  value       = aws_msk_cluster.this.bootstrap_brokers_sasl_iam
}

output "cluster_arn" {
  description = "The cluster."
  value       = aws_msk_cluster.this.arn
}

output "client_policy_arn" {
  description = "The policy for the role that Loginstream runs with."
  value       = aws_iam_policy.client.arn
}

output "security_group_id" {
  description = "The security group of the brokers."
  value       = aws_security_group.brokers.id
}
