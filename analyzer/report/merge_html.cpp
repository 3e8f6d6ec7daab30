// Writes the page: text of tests goes in through html_text() alone.
#include "analyzer/report/merge_html.hpp"

#include "analyzer/model/own_documents.hpp"
#include "analyzer/report/html_text.hpp"
#include "analyzer/report/path_text.hpp"
#include "analyzer/report/quantity_text.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace winnow::report {
namespace {

// The digests are those of these texts to the byte; an end-to-end test compares them.
constexpr std::string_view style =
    R"(body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1b1f24;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.3rem .7rem;border-bottom:1px solid #d8dee4;vertical-align:top;overflow-wrap:anywhere}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
pre{background:#f6f8fa;padding:.7rem;overflow:auto;max-height:30rem;white-space:pre-wrap}
.bad{color:#a40e26;font-weight:600}.good{color:#116329}.dim{color:#57606a}
details{border:1px solid #d8dee4;border-left:.3rem solid #a40e26;padding:.5rem .8rem;margin:.5rem 0}
summary{cursor:pointer;overflow-wrap:anywhere}
label{margin-right:1rem}
input[type=search]{font:inherit;padding:.2rem .5rem;min-width:18rem}
#bad:checked~table tr:not(.f):not(.h){display:none}
#odd:checked~table tr:not(.f):not(.o):not(.h){display:none}
[hidden]{display:none}
@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}pre{background:#161b22}th,td,details{border-color:#30363d}.bad{color:#ff7b72}.good{color:#7ee787}.dim{color:#8b949e}})";
constexpr std::string_view style_digest = "SF7TJWA3WLauY13tD0vfog4jxWEruLfyLdqW7TSLWP8=";

constexpr std::string_view script =
    R"(const words=document.getElementById("words"),rows=[...document.querySelectorAll("#tests~table tbody tr")];
words.hidden=false;
words.addEventListener("input",()=>{const sought=words.value.toLowerCase().split(/\s+/);
for(const row of rows){const text=row.textContent.toLowerCase();row.hidden=!sought.every(word=>text.includes(word))}});)";
constexpr std::string_view script_digest = "Cbnlae+xez0/XvoseEqtJBxupAaj5KNzuFG1gYiNvNs=";

double seconds(std::int64_t microseconds)
{
  return static_cast<double>(microseconds) / 1e6;
}

std::string_view reason_of(const TestResult& result)
{
  return result.reason.empty() ? name_of(result.verdict) : std::string_view(result.reason);
}

/// A test and its attempts, the last one at the end.
struct TestOfPage {
  std::vector<const KeptAttempt*> attempts;

  [[nodiscard]] const TestResult& result() const { return attempts.back()->result; }
};

std::vector<TestOfPage> tests_of(const MergedResults& merged)
{
  std::vector<TestOfPage> tests;
  TestOfPage test;
  for (const KeptAttempt& attempt : merged.attempts) {
    test.attempts.push_back(&attempt);
    if (!attempt.result.again) {
      tests.push_back(std::move(test));
      test = {};
    }
  }
  return tests;
}

std::string head(const MergedResults& merged, std::size_t tests, std::size_t failed)
{
  const std::string title = fmt::format(
      "{} in {}: {}", count_text(tests, "test"), count_text(merged.chunks.size(), "chunk"),
      failed == 0 ? "none failed" : fmt::format("{} failed", failed));
  return fmt::format(
      "{}<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n<h1 class=\"{}\">{}</h1>\n"
      "<p class=\"dim\">{}commit {}, plan {}</p>\n",
      page_beginning, style_digest, script_digest, title, style, failed == 0 ? "good" : "bad",
      title, merged.project.empty() ? "" : html_text(merged.project) + ", ",
      merged.commit.empty() ? "unknown" : html_text(merged.commit), html_text(merged.plan_id));
}

std::string failure_details(const TestOfPage& test)
{
  const TestResult& result = test.result();
  std::string html = fmt::format(
      "<details open>\n<summary><b>{}</b> <span class=\"bad\">{}</span> <span class=\"dim\">chunk "
      "{}, {}</span></summary>\n",
      html_text(result.key.display()), html_text(reason_of(result)), result.chunk,
      seconds_text(seconds(result.duration_us)));
  for (const KeptAttempt* attempt : test.attempts) {
    if (test.attempts.size() > 1) {
      html += fmt::format("<p>attempt {}: {}</p>\n", attempt->result.attempt,
                          html_text(reason_of(attempt->result)));
    }
    html +=
        attempt->output.empty() ? "" : fmt::format("<pre>{}</pre>\n", html_text(attempt->output));
  }
  return html + "</details>\n";
}

std::string failures(const std::vector<TestOfPage>& tests)
{
  std::string html;
  for (const TestOfPage& test : tests) {
    html += is_failure(test.result().verdict) ? failure_details(test) : "";
  }
  return html.empty() ? "" : "<h2>Failures</h2>\n" + html;
}

std::string chunk_table(const std::vector<MergedChunk>& chunks)
{
  std::string html =
      "<h2>Chunks</h2>\n<table>\n<thead><tr><th class=\"n\">chunk</th><th>run</th>"
      "<th class=\"n\">tests</th><th class=\"n\">failed</th><th class=\"n\">predicted</th>"
      "<th class=\"n\">real</th></tr></thead>\n<tbody>\n";
  for (const MergedChunk& chunk : chunks) {
    html += fmt::format(
        "<tr><td class=\"n\">{}</td><td>{}</td><td class=\"n\">{}</td><td "
        "class=\"n{}\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
        chunk.index, html_text(chunk.run_id), chunk.tests, chunk.failed > 0 ? " bad" : "",
        chunk.failed, seconds_text(chunk.predicted_s), seconds_text(chunk.real_s()));
  }
  return html + "</tbody>\n</table>\n";
}

/// How a row is filtered: failed, worth a look (flaky, skipped and the like), or neither.
std::string_view row_class(const TestResult& result)
{
  if (is_failure(result.verdict)) {
    return "f";
  }
  return result.flaky || result.environment || !result.leaked.empty() ||
                 result.verdict != Verdict::passed
             ? "o"
             : "";
}

std::string test_row(const TestResult& result)
{
  std::string verdict(name_of(result.verdict));
  verdict += result.flaky ? ", flaky" : "";
  verdict += result.environment ? ", environment" : "";
  verdict += result.leaked.empty() ? "" : ", leaky";
  return fmt::format(
      "<tr class=\"{}\"><td{}>{}</td><td class=\"n\">{}</td><td>{}</td><td>{}</td><td "
      "class=\"n\">{}</td></tr>\n",
      row_class(result), is_failure(result.verdict) ? " class=\"bad\"" : "", verdict, result.chunk,
      html_text(result.key.display()), html_text(result.reason),
      seconds_text(seconds(result.duration_us)));
}

std::string test_table(const std::vector<TestOfPage>& tests)
{
  std::string html =
      "<h2 id=\"tests\">Tests</h2>\n"
      "<input type=\"radio\" name=\"show\" id=\"all\" checked><label for=\"all\">all</label>\n"
      "<input type=\"radio\" name=\"show\" id=\"bad\"><label for=\"bad\">failed</label>\n"
      "<input type=\"radio\" name=\"show\" id=\"odd\"><label for=\"odd\">failed, flaky, skipped "
      "and the like</label>\n"
      "<input type=\"search\" id=\"words\" placeholder=\"words of a name or reason\" "
      "aria-label=\"words of a name or reason\" hidden>\n"
      "<table>\n<thead><tr class=\"h\"><th>verdict</th><th class=\"n\">chunk</th><th>test</th>"
      "<th>reason</th><th class=\"n\">time</th></tr></thead>\n<tbody>\n";
  for (const bool failed : {true, false}) {
    for (const TestOfPage& test : tests) {
      html += is_failure(test.result().verdict) == failed ? test_row(test.result()) : "";
    }
  }
  return html + "</tbody>\n</table>\n";
}

} // namespace

std::string merge_to_html(const MergedResults& merged)
{
  const std::vector<TestOfPage> tests = tests_of(merged);
  std::size_t failed = 0;
  for (const MergedChunk& chunk : merged.chunks) {
    failed += chunk.failed;
  }
  std::string html = head(merged, tests.size(), failed);
  html += failures(tests);
  html += chunk_table(merged.chunks);
  html += test_table(tests);
  return html + fmt::format("<script>{}</script>\n</body>\n</html>\n", script);
}

} // namespace winnow::report
