// The names that the fields of what tests take, and of what there is, have in JSON.
#pragma once

#include "analyzer/model/counted_resource.hpp"
#include "analyzer/model/resource_spec.hpp"
#include "analyzer/model/test_description.hpp"
#include "analyzer/report/run_json_codec.hpp"

namespace winnow {

// Found through the arguments' namespace: the described types are in `winnow`.
using report::Tag;

template <class Visit>
void fields(Visit&& visit, Tag<ResourceRequirement>)
{
  visit("kind", &ResourceRequirement::kind);
  visit("slots", &ResourceRequirement::slots);
}

template <class Visit>
void fields(Visit&& visit, Tag<ResourceCount>)
{
  visit("name", &ResourceCount::name);
  visit("count", &ResourceCount::count);
}

template <class Visit>
void fields(Visit&& visit, Tag<StatedResources>)
{
  visit("cpu_milli", &StatedResources::cpu_milli);
  visit("memory_bytes", &StatedResources::memory_bytes);
  visit("pools", &StatedResources::pools);
  visit("stated_at", &StatedResources::stated_at);
}

template <class Visit>
void fields(Visit&& visit, Tag<ResourceInstance>)
{
  visit("id", &ResourceInstance::id);
  visit("slots", &ResourceInstance::slots);
}

template <class Visit>
void fields(Visit&& visit, Tag<ResourceKind>)
{
  visit("name", &ResourceKind::name);
  visit("instances", &ResourceKind::instances);
}

template <class Visit>
void fields(Visit&& visit, Tag<ResourceSpec>)
{
  visit("file", &ResourceSpec::file);
  visit("kinds", &ResourceSpec::kinds);
}

template <class Visit>
void fields(Visit&& visit, Tag<CountedResource>)
{
  visit("name", &CountedResource::name);
  visit("capacity", &CountedResource::capacity);
  visit("environment", &CountedResource::environment);
  visit("declared_at", &CountedResource::declared_at);
}

} // namespace winnow
