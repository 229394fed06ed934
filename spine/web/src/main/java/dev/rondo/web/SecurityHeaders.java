package dev.rondo.web;

import io.javalin.http.Context;

/** Headers that every answer carries. No inline script, no inline style, nothing from elsewhere. */
final class SecurityHeaders {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:;"
                    + " font-src 'self'; connect-src 'self'; manifest-src 'self';"
                    + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private SecurityHeaders() {}

    static void set(Context http) {
        http.header("Content-Security-Policy", POLICY);
        http.header("X-Content-Type-Options", "nosniff");
        http.header("Referrer-Policy", "same-origin");
        http.header("Cross-Origin-Opener-Policy", "same-origin");
        http.header("Cross-Origin-Resource-Policy", "same-origin");
        http.header("X-Frame-Options", "DENY");
        http.header("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    }
}
