"""The project of a seed: a random set of shapes around three layers of libraries and at least eight tests."""

import build_shapes
import data_shapes
import test_shapes
from layers import Site, add_layers, add_programs
from project import Project

ALL_SHAPES = build_shapes.SHAPES + data_shapes.SHAPES + test_shapes.SHAPES
LIKELIHOOD = {shape: 0.45 for shape in ALL_SHAPES} | {build_shapes.fetched_content: 0.1}  # that one is slow
_GENERATED = (build_shapes.generated_by_script, build_shapes.generated_by_tool, build_shapes.generated_source)


def generate(seed, chosen=None):
    """The project with the shapes that chance or the caller chooses; at least one file is generated."""
    project = Project(seed)
    site = Site(project)
    project.cmake("", "cmake_minimum_required(VERSION 3.24)", f"project(generated_{seed} LANGUAGES C CXX)")
    project.cmake("", "enable_testing()", "set(CMAKE_POSITION_INDEPENDENT_CODE ON)")
    if chosen is None:
        likely = [shape for shape in ALL_SHAPES if project.chance(LIKELIHOOD[shape])]
        chosen = {project.rng.choice(_GENERATED), *likely}
    _add(site, [shape for shape in build_shapes.SHAPES if shape in chosen])
    add_layers(site)
    _add(site, [shape for shape in data_shapes.SHAPES + test_shapes.SHAPES if shape in chosen])
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
