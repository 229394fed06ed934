package dev.rondo.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * Notices for the next page travel in a cookie, as keys and arguments: no server state, and nothing
 * that a forged cookie could do but say a known text to its own browser.
 */
final class Notices {

    private static final String COOKIE = "rondo_notice";
    private static final int MOST = 4;

    /** Letters of one argument: a cookie holds no more than 4 KiB. */
    private static final int LONGEST = 400;

    /** A text for the next page. */
    record Notice(String key, List<Object> args, boolean warning) {}

    private record Several(List<Notice> notices) {}

    private Notices() {}

    static void add(Context http, Notice notice) {
        List<Notice> pending = http.attribute(COOKIE);
        var all = new ArrayList<Notice>(pending == null ? List.of() : pending);
        var args = notice.args().stream().map(Notices::shortened).toList();
        all.add(new Notice(notice.key(), args, notice.warning()));
        http.attribute(COOKIE, all);
        var value =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                Json.write(new Several(all)).getBytes(StandardCharsets.UTF_8));
        if (all.size() <= MOST && value.length() < 3000) {
            http.cookie(cookie(http, value, 120));
        }
    }

    private static Object shortened(Object arg) {
        return arg instanceof String text && text.length() > LONGEST
                ? text.substring(0, LONGEST) + " …"
                : arg;
    }

    /** Those of the request before, and those of this one; afterwards they are gone. */
    static List<Notice> take(Context http) {
        var all = new ArrayList<Notice>();
        var sent = http.cookie(COOKIE);
        if (sent != null) {
            all.addAll(read(sent));
        }
        List<Notice> pending = http.attribute(COOKIE);
        if (pending != null) {
            all.addAll(pending);
        }
        if (!all.isEmpty()) {
            http.cookie(cookie(http, "", 0));
        }
        return all;
    }

    private static List<Notice> read(String cookie) {
        try {
            var json = new String(Base64.getUrlDecoder().decode(cookie), StandardCharsets.UTF_8);
            return Optional.ofNullable(Json.MAPPER.readValue(json, Several.class).notices())
                    .orElse(List.of());
        } catch (IllegalArgumentException | JacksonException e) {
            return List.of();
        }
    }

    private static Cookie cookie(Context http, String value, int seconds) {
        return new Cookie(
                COOKIE, value, "/", seconds, http.req().isSecure(), true, "", SameSite.LAX);
    }
}
