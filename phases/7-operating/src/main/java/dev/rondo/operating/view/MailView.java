package dev.rondo.operating.view;

/** The mail server without its password. */
public record MailView(
        boolean configured,
        String host,
        long port,
        String security,
        String account,
        String sender) {}
