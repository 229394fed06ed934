package dev.rondo.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Counts a body that comes in chunks and does not say its length: the route's limit holds too. Of a
 * request that was refused, what comes still is taken, within limits.
 */
final class BodyLimit extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String MOST = "rondo.body.most";
    private static final long READ_ON = 1 << 20;

    /** From now on reading more of the request than this is refused. */
    static void set(HttpServletRequest request, long bytes) {
        request.setAttribute(MOST, bytes);
    }

    static Refused refused(long most) {
        return Refusal.of("web.toolarge.limit", most / 1024).status(413).asException();
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean chunks = request.getHeader("Transfer-Encoding") != null;
        chain.doFilter(chunks ? new InChunks(request) : request, response);
        if (response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
            readOn(request);
        }
    }

    /**
     * Where a connection is closed while its client still writes, the client may lose the answer
     * that says why: a little more than what was wanted is read and thrown away.
     */
    private static void readOn(HttpServletRequest request) {
        // Who asks first whether to send the body at all has not sent it.
        if (request.isAsyncStarted() || request.getHeader("Expect") != null) {
            return;
        }
        try {
            request.getInputStream().skipNBytes(READ_ON);
        } catch (IOException | IllegalStateException ended) {
            // it had no more, or has gone
        }
    }

    private static final class InChunks extends HttpServletRequestWrapper {

        InChunks(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            var most = getAttribute(MOST) instanceof Long bytes ? bytes : Long.MAX_VALUE;
            return new Counted(super.getInputStream(), most);
        }
    }

    private static final class Counted extends ServletInputStream {

        private final ServletInputStream body;
        private final long most;
        private long read;

        Counted(ServletInputStream body, long most) {
            this.body = body;
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int one = body.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int some = body.read(bytes, from, length);
            count(Math.max(some, 0));
            return some;
        }

        private void count(int more) {
            read += more;
            if (read > most) {
                throw refused(most);
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
