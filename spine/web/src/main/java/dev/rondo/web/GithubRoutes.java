package dev.rondo.web;

import dev.rondo.access.Projects;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * What GitHub's clients expect of the interface as a whole, as of an Enterprise Server: who one is,
 * that nothing is limited, and that what has not changed is not sent again ("Best practices for
 * using the REST API").
 */
public final class GithubRoutes {
    static final String ROOT = "/api/v3";

    /** Where the interface of one project begins. */
    public static final String REPOSITORY = ROOT + "/repos/" + Projects.OWNER + "/{project}";

    private GithubRoutes() {}

    static void register(Routes routes) {
        routes.get(ROOT + "/user", May.SIGNED_IN, GithubRoutes::user);
        routes.get(
                ROOT + "/meta",
                May.ANYONE,
                visit -> visit.json(Map.of("verifiable_password_authentication", false)));
        routes.get(
                ROOT + "/rate_limit",
                May.ANYONE,
                visit -> visit.refuse(Refusal.missing("web.github.unlimited")));
    }

    private static void user(Visit visit) {
        var caller = visit.caller();
        var json = new LinkedHashMap<String, Object>();
        json.put("login", caller.account());
        json.put("id", number(caller.account()));
        json.put("node_id", "");
        json.put("type", "User");
        json.put("name", caller.title());
        json.put("site_admin", caller.admin());
        visit.json(json);
    }

    /** GitHub's numbers for what has only a name here: the same for the same name. */
    private static long number(String name) {
        var sum = new CRC32();
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    static void header(Context http) {
        http.header("X-GitHub-Media-Type", "github.v3; format=json");
    }

    /** Gives a good answer its tag, and sends nothing where the client has it already. */
    static void tag(Context http) throws IOException {
        InputStream body = http.resultInputStream();
        boolean json = String.valueOf(http.res().getContentType()).startsWith("application/json");
        if (!http.method().name().equals("GET")
                || http.statusCode() != 200
                || !json
                || !(body instanceof ByteArrayInputStream bytes)) {
            return;
        }
        byte[] all = bytes.readAllBytes();
        String tag = "W/\"" + digest(all) + "\"";
        http.header("ETag", tag);
        http.header("Cache-Control", "private, no-cache");
        http.header("Vary", "Authorization, Accept");
        if (tag.equals(http.header("If-None-Match"))) {
            http.status(304).result("");
        } else {
            http.result(all);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
