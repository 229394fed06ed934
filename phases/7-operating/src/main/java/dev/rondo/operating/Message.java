package dev.rondo.operating;

import dev.rondo.web.Json;
import dev.rondo.web.Texts;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is said about an incident, for people and for programs. */
final class Message {

    private final Texts texts;
    private final URI publicUrl;

    Message(Texts texts, URI publicUrl) {
        this.texts = texts;
        this.publicUrl = publicUrl;
    }

    String url(Incident incident) {
        return publicUrl
                + "/projects/"
                + incident.project()
                + "/operating/incidents/"
                + incident.number();
    }

    /** One line. */
    String subject(Incident incident, Occasion occasion, Locale language) {
        return texts.say(
                language,
                "operating.message." + occasion.word(),
                incident.number(),
                texts.say(language, "operating.severity." + incident.severity().word()),
                title(texts, incident, language));
    }

    /**
     * @param evidence sentences in that language
     */
    String body(
            Incident incident,
            Occasion occasion,
            List<String> evidence,
            String runbook,
            Locale language) {
        var text = new StringBuilder(subject(incident, occasion, language)).append("\n\n");
        if (occasion == Occasion.RESOLVED) {
            text.append(resolution(texts, incident, language)).append("\n\n");
        } else {
            text.append(String.join("\n", evidence)).append("\n\n");
        }
        text.append(url(incident)).append('\n');
        if (!runbook.isEmpty()) {
            text.append(texts.say(language, "operating.message.runbook", runbook)).append('\n');
        }
        return text.toString();
    }

    String json(Incident incident, Occasion occasion, List<String> evidence, String eventId) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", "incident." + occasion.word());
        json.put("id", eventId);
        json.put("project", incident.project());
        json.put("number", incident.number());
        json.put("severity", incident.severity().word());
        json.put("state", incident.state().word());
        json.put("title", incident.title());
        json.put("service", incident.place().service());
        json.put("environment", incident.place().environment());
        json.put("version", incident.suspect().version());
        json.put("commit", incident.suspect().commit());
        json.put("evidence", String.join("\n", evidence));
        json.put("detectedAt", incident.times().detected().toString());
        var resolved = incident.times().resolved();
        json.put("resolvedAt", resolved.equals(Instant.EPOCH) ? "" : resolved.toString());
        json.put("resolution", incident.resolution().text());
        json.put("url", url(incident));
        return Json.write(json);
    }

    /**
     * What Rondo wrote itself is said in the reader's language; what people wrote, as it stands.
     */
    static String title(Texts texts, Incident incident, Locale language) {
        return incident.fromRollback()
                ? texts.say(
                        language,
                        "operating.title.rollback",
                        incident.place().service(),
                        incident.suspect().version(),
                        incident.place().environment())
                : texts.say(language, incident.wording(), incident.title());
    }

    static String resolution(Texts texts, Incident incident, Locale language) {
        var version = incident.resolution().version();
        return version.isEmpty()
                ? incident.resolution().text()
                : texts.say(
                        language,
                        "operating.resolution.deployed",
                        version,
                        incident.place().service(),
                        incident.place().environment());
    }
}
