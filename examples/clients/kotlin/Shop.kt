// What a shop's back end does when somebody searches, in Kotlin over the Java client beside it.
// 有人搜索时，商店后端做什么：用 Kotlin 调用旁边的 Java 客户端。
//
//   kotlinc Shop.kt ../java/*.java -d out && javac -encoding UTF-8 -d out ../java/*.java
//   CHENGNUO_KEY=… kotlin -cp out ShopKt http://127.0.0.1:8700 u-1029

import java.time.Instant
import java.util.UUID

const val ITEM = "search/general"
val KNOWN = mapOf<String, Any>("account" to "active", "age" to "18+")

/** Search, and keep the words only where that is permitted. 只在获准时保存搜索词。 */
fun search(service: Chengnuo, person: String): String {
    val decision = service.decide(person, "search", KNOWN)
    return when (decision["outcome"]) {
        "permit" -> "permit, on ${(decision["consents"] as List<*>).size} consent"
        "ask" -> "ask ${(decision["prompt"] as List<*>).joinToString(" ")}"
        else -> "refuse" // search works without being remembered 不保存也能搜索
    }
}

/** Here the app shows the prompt in its own dialog, box not ticked, both buttons alike. 由应用原样展示。 */
fun asked(person: String, prompt: Map<String, Any?>): Map<String, Any?> {
    val binding = Json.`object`(prompt["binding"])
    return mapOf(
        "person" to person,
        "item" to binding["item"],
        "act" to "give",
        "app" to prompt["app"],
        "notice" to Json.`object`(binding["notice"])["zh"],
        "fingerprint" to binding["fingerprint"],
        "lang" to "zh",
        "surface" to "android",
        "steps" to (prompt["steps"] as Double).toInt(),
        "prompt" to UUID.randomUUID().toString(),
        "askedAt" to Instant.now().toString()
    )
}

fun main(arguments: Array<String>) {
    val (address, person) = arguments
    val service = Chengnuo(address, System.getenv("CHENGNUO_KEY"))

    println("ordering: ${service.decide(person, "ordering", KNOWN)["outcome"]}")
    println("search: ${search(service, person)}")

    println("may ask: ${service.mayAsk(person, ITEM, true)["may"]}")
    val reply = asked(person, service.prompt(ITEM))
    val given = service.answer(reply)
    val again = service.answer(reply)
    val once = again["repeated"] == true && again["position"] == given["position"]
    println("given: ${if (once) "once" else "twice"}")
    println("search: ${search(service, person)}")

    val withdrawn = service.withdraw(person, ITEM, "android")
    val after = (withdrawn["position"] as Double) > (given["position"] as Double)
    println("withdrawn: ${if (after) "after" else "before"}")
    println("search: ${search(service, person)}")

    try {
        service.withdraw(person, "no-such/general", "android")
    } catch (error: Chengnuo.RefusedException) {
        println("refused: ${error.status} ${error.code}")
    }
    try {
        Chengnuo("http://127.0.0.1:9", "none").decide(person, "ordering", KNOWN)
    } catch (error: Chengnuo.SilentException) {
        println("silent: not permitted")
    }
}
