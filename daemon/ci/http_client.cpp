// One easy handle for each request.
#include "daemon/ci/http_client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <string_view>
#include <thread>

namespace winnow::ci {
namespace {

constexpr long longest_s = 30;
constexpr std::size_t most_bytes = std::size_t{16} << 20;

std::size_t take_body(const char* bytes, std::size_t size, std::size_t count, void* answer)
{
  Answer& taken = *static_cast<Answer*>(answer);
  const std::size_t length = size * count;
  taken.too_large = taken.body.size() + length > most_bytes;
  if (taken.too_large) {
    return 0; // ends the transfer
  }
  taken.body.append(bytes, length);
  return length;
}

std::string trimmed(std::string_view text)
{
  const auto begin = text.find_first_not_of(" \t\r\n");
  const auto end = text.find_last_not_of(" \t\r\n");
  return begin == std::string_view::npos ? "" : std::string(text.substr(begin, end - begin + 1));
}

std::size_t take_header(const char* bytes, std::size_t size, std::size_t count, void* answer)
{
  const std::string_view line(bytes, size * count);
  if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
    std::string name(line.substr(0, colon));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    static_cast<Answer*>(answer)->headers[name] = trimmed(line.substr(colon + 1));
  }
  return line.size();
}

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::unique_ptr<curl_slist, FreeList> list_of(const std::vector<std::string>& lines)
{
  curl_slist* list = nullptr;
  for (const std::string& line : lines) {
    list = curl_slist_append(list, line.c_str());
  }
  return std::unique_ptr<curl_slist, FreeList>(list);
}

} // namespace

Answer get(const Request& request)
{
  Answer answer;
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(),
                                                                   curl_easy_cleanup);
  if (!handle) {
    answer.failure = "libcurl cannot start";
    return answer;
  }
  const auto headers = list_of(request.headers);
  char failure[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(handle.get(), CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle.get(), CURLOPT_USERAGENT, "winnow");
  curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT, longest_s);
  curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(handle.get(), CURLOPT_ERRORBUFFER, failure);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(handle.get(), CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(handle.get(), CURLOPT_HEADERDATA, &answer);
  if (!request.password.empty()) {
    curl_easy_setopt(handle.get(), CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    curl_easy_setopt(handle.get(), CURLOPT_USERNAME, "");
    curl_easy_setopt(handle.get(), CURLOPT_PASSWORD, request.password.c_str());
  }
  const CURLcode code = curl_easy_perform(handle.get());
  if (code != CURLE_OK) {
    answer.failure = failure[0] != '\0' ? failure : curl_easy_strerror(code);
    return answer;
  }
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  return answer;
}

Answer get_patiently(const Request& request)
{
  for (int attempt = 1;; ++attempt) {
    Answer answer = get(request);
    const auto wait = wait_before_retry(answer, attempt);
    if (!wait) {
      return answer;
    }
    std::this_thread::sleep_for(*wait);
  }
}

} // namespace winnow::ci
