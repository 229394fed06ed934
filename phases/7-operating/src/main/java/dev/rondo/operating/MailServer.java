package dev.rondo.operating;

/**
 * The SMTP server that Rondo is started with. Public: whoever starts Rondo says it.
 *
 * @param security none, starttls or tls
 * @param account empty where the server wants no sign-in
 */
public record MailServer(
        String host, int port, String security, String account, String password, String sender) {

    /** Without the password, which must not get into a log. */
    @Override
    public String toString() {
        return "MailServer[" + host + ":" + port + ", " + security + "]";
    }
}
