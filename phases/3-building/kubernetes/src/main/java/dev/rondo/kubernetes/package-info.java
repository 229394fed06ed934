/**
 * Jobs in a cluster: each is a Kubernetes Job whose one pod has the job's container and its
 * services. Its steps and its files go through {@code exec}; nothing of the cluster has to reach
 * the server but for what the steps themselves call.
 */
@NullMarked
package dev.rondo.kubernetes;

import org.jspecify.annotations.NullMarked;
