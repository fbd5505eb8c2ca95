#!/bin/sh
# Plans a manifest, adds the plan to the summary of the job, and comments it on the pull request if
# there is one. Needs `docspace` on the path, and `gh` for a comment.
set -u

plan=$(mktemp)
errors=$(mktemp)
trap 'rm -f "$plan" "$errors"' EXIT

case "${PRUNE:-nothing}" in
nothing) prune= ;;
own | all) prune="--prune=$PRUNE" ;;
*)
    echo "PRUNE must be nothing, own or all, not $PRUNE" >&2
    exit 2
    ;;
esac

code=0
# Without a value, the flag is left out.
# shellcheck disable=SC2086
docspace plan --file "$MANIFEST" --exit-code --format markdown $prune >"$plan" 2>"$errors" || code=$?
cat "$errors" >&2

# 9 means that the portal differs. Any other failure is one of the plan itself, such as a mistake in
# the manifest, which the comment shows too.
case $code in
0) differs=false ;;
9) differs=true ;;
*)
    differs=
    { echo '### No plan' && echo && echo '```' && cat "$errors" && echo '```'; } >"$plan"
    ;;
esac
cat "$plan" >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"
if [ -n "$differs" ]; then
    echo "differs=$differs" >>"${GITHUB_OUTPUT:-/dev/stdout}"
fi

if [ -n "${PULL_REQUEST:-}" ]; then
    gh pr comment "$PULL_REQUEST" --body-file "$plan" --edit-last --create-if-none || exit 1
fi
if [ -z "$differs" ] || [ "${FAIL:-true}" = true ]; then
    exit "$code"
fi
