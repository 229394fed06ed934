package dev.rondo.operating.view;

/**
 * The mail server without its password.
 *
 * @param fixed whether Rondo was started with it, so that no page can change it
 */
public record MailView(
        boolean configured,
        boolean fixed,
        String host,
        long port,
        String security,
        String account,
        String sender) {}
