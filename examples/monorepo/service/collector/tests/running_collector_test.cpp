// Cases against a collector that already runs; they may run side by side, each with its stations.
#include <functional>
#include <map>
#include <thread>
#include <vector>

#include "checks/checks.hpp"
#include "client/client.hpp"

using namespace isobar;

namespace {

void submit(const Client& client)
{
  const Observation observation{"EHAM", 1000, 9.5, 1006.0, 9.3};
  CHECK(!client.submit(observation).suspect);
  CHECK(client.latest("EHAM") == observation);
  CHECK(!client.latest("XXXX"));
}

void correction(const Client& client)
{
  Observation observation{"LOWW", 1000, 8.0, 1022.0, 3.1};
  client.submit(observation);
  observation.temperature = 8.4;
  client.submit(observation);
  CHECK(client.latest("LOWW")->temperature == 8.4);
}

void refusal(const Client& client)
{
  bool refused = false;
  try {
    client.submit({"EGLL", 1000, 900.0, 1007.0, 6.2});
  } catch (const ClientError&) {
    refused = true;
  }
  CHECK(refused);
  CHECK(!client.latest("EGLL"));
}

void many_senders(const Client& client)
{
  std::vector<std::thread> senders;
  for (int sender = 0; sender < 8; ++sender) {
    senders.emplace_back([&client, station = "S" + std::to_string(sender)] {
      for (int minute = 0; minute < 50; ++minute) {
        client.submit({station, minute, 10.0, 1013.0, 2.0});
      }
    });
  }
  for (std::thread& sender : senders) {
    sender.join();
  }
  CHECK(client.latest("S7")->taken_at == 49);
  CHECK(client.count() >= 8 * 50);
}

} // namespace

int main(int argc, char** argv)
{
  const std::map<std::string, std::function<void(const Client&)>> cases{
      {"submit", submit},
      {"correction", correction},
      {"refusal", refusal},
      {"many_senders", many_senders}};
  const auto wanted = cases.find(argc == 3 ? argv[1] : "");
  CHECK(wanted != cases.end());
  if (wanted != cases.end()) {
    wanted->second(Client(argv[2]));
  }
  return checks::result();
}
