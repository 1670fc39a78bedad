// A client for Chengnuo's HTTP API: Go 1.19 or newer, standard library. 承诺 HTTP 接口的客户端，只用标准库。
//
// No answer is never a yes: whatever is not "permit" does not go ahead. 没有答复不等于许可。
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const tries = 4

// ErrSilent: the service gave no answer, or could not just now; nothing was permitted. 没有答复。
var ErrSilent = errors.New("no answer")

// Refused: the service does not take the request; Code says why (docs/errors). 请求不被接受。
type Refused struct {
	Status int
	Code   string `json:"code"`
}

func (r *Refused) Error() string { return fmt.Sprintf("refused with %d [%s]", r.Status, r.Code) }

// Question is about one individual and one activity. 一个人、一项处理活动。
type Question struct {
	Person   string `json:"person"`
	Activity string `json:"activity"`
	Account  string `json:"account,omitempty"`
	Age      string `json:"age,omitempty"`
	Evidence string `json:"evidence"`
}

// Decision is what may be done now, and why; more members are passed over. 现在能否处理，以及原因。
type Decision struct {
	Outcome  string   `json:"outcome"`
	Prompt   []string `json:"prompt"`
	Consents []int64  `json:"consents"`
}

// Prompt is what is shown, and what its answer is bound to. 告知内容，以及答复所绑定的版本。
type Prompt struct {
	App     string `json:"app"`
	Steps   int    `json:"steps"`
	Binding struct {
		Item        string            `json:"item"`
		Fingerprint string            `json:"fingerprint"`
		Notice      map[string]string `json:"notice"`
	} `json:"binding"`
}

// Reply is what an individual said to a prompt; its Prompt id makes it safe to hand in again. 可安全重交。
type Reply struct {
	Person      string    `json:"person"`
	Item        string    `json:"item"`
	Act         string    `json:"act"`
	App         string    `json:"app"`
	Notice      string    `json:"notice"`
	Fingerprint string    `json:"fingerprint"`
	Lang        string    `json:"lang"`
	Surface     string    `json:"surface"`
	Steps       int       `json:"steps"`
	Prompt      string    `json:"prompt"`
	AskedAt     time.Time `json:"askedAt"`
}

// Receipt is an act that is durable and in force. 已经落盘并生效的一次操作。
type Receipt struct {
	Position int64 `json:"position"`
	Repeated bool  `json:"repeated"`
}

// Service is where Chengnuo is served. 承诺服务的地址与密钥。
type Service struct {
	Address, Key string
	HTTP         http.Client
}

// Decide tells whether this may be done now; the answer comes once its record is durable. 现在可以处理吗？
func (s *Service) Decide(question Question) (Decision, error) {
	question.Evidence = "strict"
	var found Decision
	err := s.send(http.MethodPost, "/v1/decisions", question, &found)
	return found, err
}

// MayAsk tells whether this individual may be asked for this item now. 现在可以向其征求同意吗？
func (s *Service) MayAsk(person, item string, started bool) (bool, error) {
	body := map[string]any{"person": person, "item": item, "started": started}
	var found struct {
		May bool `json:"may"`
	}
	err := s.send(http.MethodPost, "/v1/consents:may-ask", body, &found)
	return found.May, err
}

// PromptOf returns the prompt of a consent item. 一个同意事项的告知内容。
func (s *Service) PromptOf(item string) (Prompt, error) {
	parts := strings.Split(item, "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	var found Prompt
	err := s.send(http.MethodGet, "/v1/prompts/"+strings.Join(parts, "/"), nil, &found)
	return found, err
}

// Answer hands in what was said to a prompt. 交入答复。
func (s *Service) Answer(reply Reply) (Receipt, error) {
	var found Receipt
	err := s.send(http.MethodPost, "/v1/consents", reply, &found)
	return found, err
}

// Withdraw withdraws a consent; again gives the same record. 撤回同意，重复提交得到同一条记录。
func (s *Service) Withdraw(person, item, surface string) (Receipt, error) {
	body := map[string]string{"person": person, "item": item, "surface": surface}
	var found Receipt
	err := s.send(http.MethodPost, "/v1/consents:withdraw", body, &found)
	return found, err
}

func (s *Service) send(method, path string, body, into any) error {
	pause := 100 * time.Millisecond
	for left := tries; ; left-- {
		err := s.once(method, path, body, into)
		if !errors.Is(err, ErrSilent) || left == 1 {
			return err
		}
		time.Sleep(pause)
		pause *= 2
	}
}

func (s *Service) once(method, path string, body, into any) error {
	content, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(method, s.Address+path, bytes.NewReader(content))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+s.Key)
	request.Header.Set("Content-Type", "application/json")
	response, err := s.HTTP.Do(request)
	if err != nil {
		return fmt.Errorf("%w: %T", ErrSilent, err)
	}
	defer response.Body.Close()
	switch {
	case response.StatusCode >= 500 || response.StatusCode == http.StatusTooManyRequests:
		return fmt.Errorf("%w: %d", ErrSilent, response.StatusCode)
	case response.StatusCode >= 400:
		refused := &Refused{Status: response.StatusCode}
		if json.NewDecoder(response.Body).Decode(refused) != nil {
			return fmt.Errorf("%w: %d", ErrSilent, response.StatusCode)
		}
		return refused
	}
	if err := json.NewDecoder(response.Body).Decode(into); err != nil {
		return fmt.Errorf("%w: another form", ErrSilent)
	}
	return nil
}
