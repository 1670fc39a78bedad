// What a shop's back end does when somebody searches. 有人搜索时，商店后端做什么。
//
//	CHENGNUO_KEY=… go run . http://127.0.0.1:8700 u-1029
package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
	"time"
)

const item = "search/general"

func main() {
	address, person := os.Args[1], os.Args[2]
	service := &Service{Address: address, Key: os.Getenv("CHENGNUO_KEY"), HTTP: http.Client{Timeout: 2 * time.Second}}
	if err := walk(service, person); err != nil {
		log.Fatal(err)
	}
}

func walk(service *Service, person string) error {
	ordering, err := service.Decide(about(person, "ordering"))
	if err != nil {
		return err
	}
	fmt.Println("ordering:", ordering.Outcome)
	if err := search(service, person); err != nil {
		return err
	}
	given, err := ask(service, person)
	if err != nil {
		return err
	}
	if err := search(service, person); err != nil {
		return err
	}
	withdrawn, err := service.Withdraw(person, item, "android")
	if err != nil {
		return err
	}
	fmt.Println("withdrawn:", word(withdrawn.Position > given.Position, "after", "before"))
	if err := search(service, person); err != nil {
		return err
	}
	var refused *Refused
	if _, err := service.Withdraw(person, "no-such/general", "android"); errors.As(err, &refused) {
		fmt.Println("refused:", refused.Status, refused.Code)
	}
	nobody := &Service{Address: "http://127.0.0.1:9", Key: "none"}
	if _, err := nobody.Decide(about(person, "ordering")); errors.Is(err, ErrSilent) {
		fmt.Println("silent: not permitted")
	}
	return nil
}

// search searches, and keeps the words only where that is permitted. 只在获准时保存搜索词。
func search(service *Service, person string) error {
	decision, err := service.Decide(about(person, "search"))
	if err != nil {
		return err
	}
	switch decision.Outcome {
	case "permit":
		fmt.Printf("search: permit, on %d consent\n", len(decision.Consents))
	case "ask":
		fmt.Println("search: ask", strings.Join(decision.Prompt, " "))
	default:
		fmt.Println("search: refuse") // search works without being remembered 不保存也能搜索
	}
	return nil
}

// ask shows the prompt, box not ticked, both buttons alike, and hands in what was said. 展示并交入答复。
func ask(service *Service, person string) (Receipt, error) {
	may, err := service.MayAsk(person, item, true)
	if err != nil {
		return Receipt{}, err
	}
	fmt.Println("may ask:", may)
	prompt, err := service.PromptOf(item)
	if err != nil {
		return Receipt{}, err
	}
	id := make([]byte, 16)
	if _, err := rand.Read(id); err != nil {
		return Receipt{}, err
	}
	reply := Reply{
		Person: person, Item: prompt.Binding.Item, Act: "give", App: prompt.App,
		Notice: prompt.Binding.Notice["zh"], Fingerprint: prompt.Binding.Fingerprint,
		Lang: "zh", Surface: "android", Steps: prompt.Steps,
		Prompt: hex.EncodeToString(id), AskedAt: time.Now().UTC(),
	}
	given, err := service.Answer(reply)
	if err != nil {
		return Receipt{}, err
	}
	again, err := service.Answer(reply)
	if err != nil {
		return Receipt{}, err
	}
	fmt.Println("given:", word(again.Repeated && again.Position == given.Position, "once", "twice"))
	return given, nil
}

func about(person, activity string) Question {
	return Question{Person: person, Activity: activity, Account: "active", Age: "18+"}
}

func word(holds bool, yes, no string) string {
	if holds {
		return yes
	}
	return no
}
