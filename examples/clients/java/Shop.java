import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a shop's back end does when somebody searches. 有人搜索时，商店后端做什么。
 *
 * <pre>javac -encoding UTF-8 -d out *.java &amp;&amp; CHENGNUO_KEY=… java -cp out Shop http://127.0.0.1:8700 u-1029</pre>
 */
public final class Shop {
    private static final String ITEM = "search/general";
    private static final Map<String, Object> KNOWN = Map.of("account", "active", "age", "18+");

    private final Chengnuo service;
    private final String person;

    private Shop(Chengnuo service, String person) {
        this.service = service;
        this.person = person;
    }

    public static void main(String[] arguments) throws Exception {
        String key = System.getenv("CHENGNUO_KEY");
        new Shop(new Chengnuo(arguments[0], key), arguments[1]).walk();
    }

    private void walk() throws Exception {
        System.out.println("ordering: " + service.decide(person, "ordering", KNOWN).get("outcome"));
        System.out.println("search: " + search());

        System.out.println("may ask: " + service.mayAsk(person, ITEM, true).get("may"));
        Map<String, Object> reply = asked(service.prompt(ITEM));
        Map<String, Object> given = service.answer(reply);
        Map<String, Object> again = service.answer(reply);
        boolean once = again.get("repeated") == Boolean.TRUE && again.get("position").equals(given.get("position"));
        System.out.println("given: " + (once ? "once" : "twice"));
        System.out.println("search: " + search());

        Map<String, Object> withdrawn = service.withdraw(person, ITEM, "android");
        boolean after = (Double) withdrawn.get("position") > (Double) given.get("position");
        System.out.println("withdrawn: " + (after ? "after" : "before"));
        System.out.println("search: " + search());

        try {
            service.withdraw(person, "no-such/general", "android");
        } catch (Chengnuo.RefusedException error) {
            System.out.println("refused: " + error.status + " " + error.code);
        }
        try {
            new Chengnuo("http://127.0.0.1:9", "none").decide(person, "ordering", KNOWN);
        } catch (Chengnuo.SilentException error) {
            System.out.println("silent: not permitted");
        }
    }

    /** Search, and keep the words only where that is permitted. 只在获准时保存搜索词。 */
    private String search() throws Exception {
        Map<String, Object> decision = service.decide(person, "search", KNOWN);
        return switch ((String) decision.get("outcome")) {
            case "permit" -> "permit, on " + ((List<?>) decision.get("consents")).size() + " consent";
            case "ask" -> "ask " + ((List<?>) decision.get("prompt"))
                    .stream().map(String::valueOf).collect(Collectors.joining(" "));
            default -> "refuse"; // search works without being remembered 不保存也能搜索
        };
    }

    /** Here the app shows the prompt in its own dialog, box not ticked, both buttons alike. 由应用原样展示。 */
    private Map<String, Object> asked(Map<String, Object> prompt) {
        Map<String, Object> binding = Json.object(prompt.get("binding"));
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("person", person);
        reply.put("item", binding.get("item"));
        reply.put("act", "give");
        reply.put("app", prompt.get("app"));
        reply.put("notice", Json.object(binding.get("notice")).get("zh"));
        reply.put("fingerprint", binding.get("fingerprint"));
        reply.put("lang", "zh");
        reply.put("surface", "android");
        reply.put("steps", ((Double) prompt.get("steps")).intValue());
        reply.put("prompt", UUID.randomUUID().toString());
        reply.put("askedAt", Instant.now().toString());
        return reply;
    }
}
