package dev.rondo.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** What the API refused, in a sentence that says what to do. */
final class Trouble {
    private Trouble() {}

    /**
     * @param what was to be done, such as {@code create the Job x}
     */
    static IllegalStateException of(String what, KubernetesClientException e) {
        return new IllegalStateException(sentence(what, e), e);
    }

    private static String sentence(String what, KubernetesClientException e) {
        return switch (e.getCode()) {
            case 401 ->
                    "Kubernetes does not know who asks (401), so Rondo cannot %s: the credentials of"
                                    .formatted(what)
                            + " its kubeconfig are wrong or have expired";
            case 403 ->
                    "Kubernetes forbids Rondo to %s (403): give its user or service account the role"
                                    .formatted(what)
                            + " that docs/kubernetes.md shows. Kubernetes says: "
                            + said(e);
            case 404 ->
                    "Kubernetes cannot %s (404): is there kubernetes.namespace? It says: %s"
                            .formatted(what, said(e));
            case 422, 400 ->
                    "Kubernetes refuses to %s (%d): %s".formatted(what, e.getCode(), said(e));
            case 0, -1 ->
                    "The Kubernetes API cannot be reached to %s: %s. Check the address in the"
                                    .formatted(what, reason(e))
                            + " kubeconfig that kubernetes.kubeconfig names, and the network between";
            default -> "Kubernetes could not %s (%d): %s".formatted(what, e.getCode(), said(e));
        };
    }

    private static String said(KubernetesClientException e) {
        return e.getStatus() == null || e.getStatus().getMessage() == null
                ? String.valueOf(e.getMessage())
                : e.getStatus().getMessage();
    }

    /** The most telling of the causes: behind a refused connection stands only a closed channel. */
    private static String reason(KubernetesClientException e) {
        Throwable reason = e;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            boolean telling =
                    cause instanceof TimeoutException
                            || (cause instanceof IOException
                                    && cause.getClass() != IOException.class);
            if (telling) {
                reason = cause;
                break;
            }
        }
        String said = String.valueOf(reason.getMessage());
        return reason.getClass().getSimpleName() + (said.equals("null") ? "" : ", " + said);
    }
}
