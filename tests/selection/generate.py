"""The project of a seed: a random set of shapes around three layers of libraries and at least eight tests."""

import build_shapes
import data_shapes
import test_shapes
from layers import Site, add_layers, add_programs
from project import Project

_GENERATED = (build_shapes.generated_by_script, build_shapes.generated_by_tool, build_shapes.generated_source)


def generate(seed, likelihood=0.45):
    """Each shape is there with that likelihood; at least one file is generated."""
    project = Project(seed)
    site = Site(project)
    project.cmake("", "cmake_minimum_required(VERSION 3.24)", f"project(generated_{seed} LANGUAGES C CXX)")
    project.cmake("", "enable_testing()", "set(CMAKE_POSITION_INDEPENDENT_CODE ON)")
    always = project.rng.choice(_GENERATED)
    _add(site, [shape for shape in build_shapes.SHAPES if shape is always or project.chance(likelihood)])
    add_layers(site)
    shapes = data_shapes.SHAPES + test_shapes.SHAPES
    _add(site, [shape for shape in shapes if project.chance(likelihood)])
    add_programs(site)
    _add_subdirectories(project)
    return project


def _add(site, shapes):
    for shape in shapes:
        shape(site)
        site.project.shapes.add(shape.__name__)


def _add_subdirectories(project):
    lists = sorted(path for path in project.contents if path.endswith("/CMakeLists.txt"))
    for path in lists:
        directory = path.rpartition("/")[0]
        parent, _, name = directory.rpartition("/")
        project.cmake(parent, f"add_subdirectory({name})")
