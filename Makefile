# The entry points. `make` alone lists them. Each sets up what it needs first, which costs nothing once it is there.
.DEFAULT_GOAL := help
.PHONY: help boundary test agreement bench asan tidy fuzz cover mutation instructions layers clean release tests

# How long `make fuzz` gives each target.
SECONDS := 20
export NINJA_STATUS ?= [%f/%t %es]
PROGRAM := build/release/brightline

help:                  ## this list
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

boundary: release      ## build the program and print the performance boundary list for China
	@$(PROGRAM) boundary

release:               ## build the program alone, at build/release/brightline
	@tools/setup build
	@[ -f build/release/CMakeCache.txt ] || cmake --preset release -DBRIGHTLINE_TESTS=OFF --log-level=WARNING >&2
	@cmake --build build/release --target brightline >&2

tests:                 ## build the program and its tests
	@tools/setup build test
	@cmake --preset release -DBRIGHTLINE_TESTS=ON --log-level=WARNING >&2
	@cmake --build build/release >&2

test: tests            ## build and run every test; the last line is "N passed, N failed"
	@tests/run build/release

agreement: tests       ## only: do our independent ways to the same answer agree?
	@tests/run build/release -L agreement

bench:                 ## speed, for people
	@tools/setup build test
	@cmake --preset bench --log-level=WARNING >&2
	@cmake --build build/bench >&2
	@for one in build/bench/tests/speed/*_bench; do "$$one" || exit 1; done

asan:                  ## the tests again, but those about answers alone, under the address and undefined behaviour sanitizers
	@tools/setup build test
	@cmake --preset asan --log-level=WARNING >&2
	@cmake --build build/asan >&2
	@tests/run build/asan

tidy: tests            ## static checks, clang-tidy-19
	@tools/setup lint
	@cmake --build build/release --target tidy

layers:                ## who includes whom, file lengths, traces
	@tests/layers/check_layers

fuzz:                  ## every parser on random input, SECONDS=20 each
	@tools/setup build lint
	@tests/fuzz/run $(SECONDS)

cover:                 ## lines and branches the tests reach
	@tools/setup build test
	@cmake --preset cover --log-level=WARNING >&2
	@cmake --build build/cover >&2
	@tests/run build/cover
	@gcovr --root . --filter src/ --exclude '.*_(test|bench|fuzz)\.cpp' --exclude-throw-branches --object-directory build/cover

mutation: tests        ## plants small mistakes in the law files, then in a layer's code (LAYER=base COUNT=40): which go unnoticed?
	@tests/run build/release -L mutation
	@tools/mutation $(or $(LAYER),base) $(or $(COUNT),40)

instructions: tests    ## fails when a guarded command needs more instructions than recorded
	@tools/setup test
	@tests/speed/instructions

clean:                 ## forget every build
	@rm -rf build
