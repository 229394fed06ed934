package dev.rondo.operating;

import dev.rondo.operating.ChannelSettings.Mail;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Sends over SMTP, with time limits on every step. */
final class Mailer {

    private static final String TIMEOUT_MILLIS = "15000";

    private Mailer() {}

    /**
     * @param id the Message-ID: sending it twice shows as one mail to those who look
     */
    static void send(Mail settings, String to, String id, String subject, String text)
            throws MessagingException {
        var message = new IdentifiedMessage(session(settings), id);
        message.setFrom(new InternetAddress(settings.sender(), true));
        message.setRecipient(RecipientType.TO, new InternetAddress(to, true));
        message.setSubject(subject, StandardCharsets.UTF_8.name());
        message.setText(text, StandardCharsets.UTF_8.name());
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setSentDate(java.util.Date.from(java.time.Instant.now()));
        Transport.send(message);
    }

    private static Session session(Mail settings) {
        boolean tls = settings.security().equals("tls");
        var protocol = tls ? "smtps" : "smtp";
        var p = new Properties();
        p.setProperty("mail.transport.protocol", protocol);
        p.setProperty("mail.transport.protocol.rfc822", protocol);
        for (var prefix : new String[] {"mail." + protocol + "."}) {
            p.setProperty(prefix + "host", settings.host());
            p.setProperty(prefix + "port", Integer.toString(settings.port()));
            p.setProperty(prefix + "connectiontimeout", TIMEOUT_MILLIS);
            p.setProperty(prefix + "timeout", TIMEOUT_MILLIS);
            p.setProperty(prefix + "writetimeout", TIMEOUT_MILLIS);
            p.setProperty(prefix + "ssl.checkserveridentity", "true");
            p.setProperty(prefix + "auth", Boolean.toString(!settings.account().isEmpty()));
            if (settings.security().equals("starttls")) {
                p.setProperty(prefix + "starttls.enable", "true");
                p.setProperty(prefix + "starttls.required", "true");
            }
        }
        return Session.getInstance(
                p,
                new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return new PasswordAuthentication(settings.account(), settings.password());
                    }
                });
    }

    /** Keeps its own Message-ID, which is otherwise made anew at each saving. */
    private static final class IdentifiedMessage extends MimeMessage {

        private final String id;

        IdentifiedMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + "@rondo>");
        }
    }
}
