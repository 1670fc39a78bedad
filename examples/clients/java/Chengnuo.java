import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A client for Chengnuo's HTTP API: Java 17 or newer, no dependency. 承诺 HTTP 接口的客户端，无依赖。
 *
 * <p>No answer is never a yes: whatever is not {@code permit} does not go ahead. 没有答复不等于许可。
 */
public final class Chengnuo {
    /** The service gave no answer, or could not just now; nothing was permitted. 没有答复，没有许可任何处理。 */
    public static final class SilentException extends Exception {
        private static final long serialVersionUID = 1L;

        SilentException(String what) {
            super("no answer: " + what);
        }
    }

    /** The service does not take the request; {@code code} says why (docs/errors). 请求不被接受。 */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        public final int status;
        public final String code;

        RefusedException(int status, String code) {
            super("refused with " + status + " [" + code + "]");
            this.status = status;
            this.code = code;
        }
    }

    private static final int TRIES = 4;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
    private final String address;
    private final String key;

    public Chengnuo(String address, String key) {
        this.address = address;
        this.key = key;
    }

    /** May this be done now? The answer comes once its record is durable. 现在可以处理吗？ */
    public Map<String, Object> decide(String person, String activity, Map<String, Object> more)
            throws SilentException, RefusedException, InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>(more);
        body.putAll(Map.of("person", person, "activity", activity, "evidence", "strict"));
        return send("POST", "/v1/decisions", body);
    }

    /** May this individual be asked for this item now? 现在可以向其征求同意吗？ */
    public Map<String, Object> mayAsk(String person, String item, boolean started)
            throws SilentException, RefusedException, InterruptedException {
        return send("POST", "/v1/consents:may-ask", Map.of("person", person, "item", item, "started", started));
    }

    /** The words of a prompt and what its answer is bound to. 告知内容，以及答复所绑定的版本。 */
    public Map<String, Object> prompt(String item)
            throws SilentException, RefusedException, InterruptedException {
        String path = Arrays.stream(item.split("/"))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8))
                .collect(Collectors.joining("/"));
        return send("GET", "/v1/prompts/" + path, null);
    }

    /** Hand in what was said to a prompt; the prompt's id makes it safe to hand in again. 交入答复，可安全重交。 */
    public Map<String, Object> answer(Map<String, Object> reply)
            throws SilentException, RefusedException, InterruptedException {
        return send("POST", "/v1/consents", reply);
    }

    /** Withdraw a consent; again gives the same record. 撤回同意，重复提交得到同一条记录。 */
    public Map<String, Object> withdraw(String person, String item, String surface)
            throws SilentException, RefusedException, InterruptedException {
        return send("POST", "/v1/consents:withdraw", Map.of("person", person, "item", item, "surface", surface));
    }

    private Map<String, Object> send(String method, String path, Map<String, Object> body)
            throws SilentException, RefusedException, InterruptedException {
        long pauseMs = 100;
        for (int left = TRIES; ; left--, pauseMs *= 2) {
            try {
                return once(method, path, body);
            } catch (SilentException error) {
                if (left == 1) {
                    throw error;
                }
                Thread.sleep(pauseMs);
            }
        }
    }

    private Map<String, Object> once(String method, String path, Map<String, Object> body)
            throws SilentException, RefusedException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(method, body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(Json.written(body)))
                .build();
        HttpResponse<String> response;
        Map<String, Object> answer;
        try {
            response = http.send(request, HttpResponse.BodyHandlers.ofString());
            answer = Json.object(Json.read(response.body()));
        } catch (IOException | IllegalArgumentException error) {
            throw new SilentException(error.getClass().getSimpleName());
        }
        if (response.statusCode() >= 500 || response.statusCode() == 429) {
            throw new SilentException(String.valueOf(response.statusCode()));
        }
        if (response.statusCode() >= 400) {
            throw new RefusedException(response.statusCode(), String.valueOf(answer.get("code")));
        }
        return answer;
    }
}
