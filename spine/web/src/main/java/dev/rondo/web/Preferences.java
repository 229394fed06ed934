package dev.rondo.web;

import dev.rondo.access.Caller;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** What a reader chose: the account's word first, then this browser's cookies, then its headers. */
record Preferences(Locale language, String theme, ZoneId zone) {

    static final String LANGUAGE = "rondo_language";
    static final String THEME = "rondo_theme";
    static final String ZONE = "rondo_zone";
    private static final int YEAR = 365 * 24 * 3600;

    static Preferences of(Context http, Caller caller) {
        var language =
                Optional.of(caller.language())
                        .filter(chosen -> !chosen.isEmpty())
                        .or(() -> Optional.ofNullable(http.cookie(LANGUAGE)))
                        .or(() -> Optional.ofNullable(http.header("Accept-Language")))
                        .orElse("");
        var theme =
                Optional.of(caller.theme())
                        .filter(chosen -> !chosen.isEmpty())
                        .or(() -> Optional.ofNullable(http.cookie(THEME)))
                        .orElse("auto");
        return new Preferences(
                Texts.best(language),
                theme.equals("light") || theme.equals("dark") ? theme : "auto",
                zone(Optional.ofNullable(http.cookie(ZONE)).orElse("")));
    }

    static void keep(Context http, String name, String value) {
        http.cookie(
                new Cookie(name, value, "/", YEAR, http.req().isSecure(), false, "", SameSite.LAX));
    }

    /** The zone that the page's script wrote, as {@code Europe/Berlin} with its slash escaped. */
    private static ZoneId zone(String name) {
        if (name.isEmpty() || name.length() > 60) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(name.replace("%2F", "/"));
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }
}
