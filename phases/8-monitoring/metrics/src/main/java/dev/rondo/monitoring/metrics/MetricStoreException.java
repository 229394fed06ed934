package dev.rondo.monitoring.metrics;

/** The store of metrics could not do its work. */
public final class MetricStoreException extends RuntimeException {

    /** Whose fault it was. */
    public enum Category {
        /** The disk or the file. */
        STORAGE,
        /** The question would have given more than the limit. */
        TOO_MUCH,
        /** It took longer than the limit, or the store was closed meanwhile. */
        INTERRUPTED
    }

    private final Category category;

    MetricStoreException(Category category, String message, Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    MetricStoreException(Category category, String message) {
        super(message);
        this.category = category;
    }

    public Category category() {
        return category;
    }
}
