package dev.rondo.coding;

import dev.rondo.git.GitExchange;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** A request of the web server as git's transport sees it; both ways past all buffers. */
record ServletExchange(Context http, String resource, String user) implements GitExchange {

    @Override
    public String method() {
        return http.method().name();
    }

    @Override
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(http.queryParam(name));
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(http.header(name));
    }

    @Override
    public InputStream body() throws IOException {
        return http.req().getInputStream();
    }

    @Override
    public void status(int code) {
        http.res().setStatus(code);
    }

    @Override
    public void header(String name, String value) {
        http.res().setHeader(name, value);
    }

    @Override
    public OutputStream answer() throws IOException {
        return http.res().getOutputStream();
    }
}
