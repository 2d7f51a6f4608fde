#!/bin/sh
# Walks through /api/v1 with the demo, and says where an answer is not the one expected. In another terminal:
#   dotnet run --project src/Kiwire.Server -- --demo
# Needs curl, jq and radclient (Debian: freeradius-utils). Ports other than the defaults come from the environment:
#   AUTH=127.0.0.1:1812 ACCT=127.0.0.1:1813 HTTP=http://127.0.0.1:8081 SECRET=testing123 sh samples/curl.sh
set -eu

AUTH=${AUTH:-127.0.0.1:1812}
ACCT=${ACCT:-127.0.0.1:1813}
HTTP=${HTTP:-http://127.0.0.1:8081}
SECRET=${SECRET:-testing123}
RUN=$(date +%s)-$$
DEVICE='NAS-Identifier=demo-nas,Calling-Station-Id=02-00-00-00-0C-01'
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
TOKEN=
FAULTS=0

fault() {
    printf '!! %s\n' "$1"
    FAULTS=$((FAULTS + 1))
}

# api WHAT STATUS METHOD PATH [BODY [HEADER]]: the answer's body is in $WORK/body, its headers in $WORK/head.
api() {
    printf '\n== %s\n   %s %s\n' "$1" "$3" "$4"
    set -- "$1" "$2" "$3" "$4" "${5:-}" "${6:-X-Nothing: 1}"
    if [ -n "$5" ]; then
        status=$(curl -sS -o "$WORK/body" -D "$WORK/head" -w '%{http_code}' -X "$3" -H "Authorization: Bearer $TOKEN" -H "$6" -H 'Content-Type: application/json' -d "$5" "$HTTP$4")
    else
        status=$(curl -sS -o "$WORK/body" -D "$WORK/head" -w '%{http_code}' -X "$3" -H "Authorization: Bearer $TOKEN" -H "$6" "$HTTP$4")
    fi
    printf '   %s ' "$status"
    if jq -e . "$WORK/body" >/dev/null 2>&1; then
        jq -c 'if .token then .token = "…" else . end' "$WORK/body" | cut -c1-400
    else
        head -c 200 "$WORK/body"
        echo
    fi
    [ "$status" = "$2" ] || fault "expected $2"
}

# has FILTER: the answer must be so.
has() {
    jq -e "$1" "$WORK/body" >/dev/null || fault "expected $1"
}

etag() {
    tr -d '\r' <"$WORK/head" | sed -n 's/^[Ee][Tt]ag: //p'
}

# radius KIND ENDPOINT EXPECTED ATTRIBUTES
radius() {
    printf '\n== radclient: %s\n' "$4"
    answer=$(printf '%s\n' "$4" | radclient -x -r 3 -t 10 "$2" "$1" "$SECRET" 2>&1) || true
    printf '%s\n' "$answer" | sed -n '/^Received/,$p'
    case $answer in
        *"Received $3"*) ;;
        *) fault "expected $3" ;;
    esac
}

# soon PATH FILTER: what reaches the history a moment after the answer.
soon() {
    tries=0
    until api "Is it there yet?" 200 GET "$1" && jq -e "$2" "$WORK/body" >/dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || { fault "expected $2"; return; }
        sleep 0.2
    done
}

api 'Without a token nothing is told' 401 GET /api/v1/accounts
api 'Log in' 200 POST /api/v1/login '{"username":"admin","password":"demo-password"}'
TOKEN=$(jq -r .token "$WORK/body")

api 'A profile: an hour, 5 Mbit/s, two devices' 201 POST /api/v1/profiles \
    "{\"name\":\"walk-$RUN\",\"type\":\"Countdown\",\"minutes\":60,\"downKbps\":5120,\"upKbps\":1024,\"simultaneous\":2}"
api 'An account on it' 201 POST /api/v1/accounts \
    "{\"username\":\"guest-$RUN\",\"password\":\"walk-secret\",\"profile\":\"walk-$RUN\",\"remark\":\"room 12\"}" "Idempotency-Key: walk-$RUN"
api 'Sent again with its Idempotency-Key, it is not made twice' 201 POST /api/v1/accounts \
    "{\"username\":\"guest-$RUN\",\"password\":\"walk-secret\",\"profile\":\"walk-$RUN\",\"remark\":\"room 12\"}" "Idempotency-Key: walk-$RUN"
api 'A slip is said, and what would be right' 400 POST /api/v1/accounts "{\"username\":\"other-$RUN\",\"pasword\":\"x\"}"
has '.errors.pasword'

radius auth "$AUTH" Access-Accept "User-Name=guest-$RUN,User-Password=walk-secret,$DEVICE"
CLASS=$(printf '%s\n' "$answer" | sed -n 's/.*Class = //p' | head -1)
radius auth "$AUTH" Access-Reject "User-Name=guest-$RUN,User-Password=wrong,$DEVICE"
radius acct "$ACCT" Accounting-Response \
    "User-Name=guest-$RUN,Acct-Session-Id=walk-$RUN,Acct-Status-Type=Start,Framed-IP-Address=192.0.2.78,Class=$CLASS,$DEVICE"

soon "/api/v1/sessions?username=guest-$RUN" '.items | length == 1'
has ".items[0].acctSessionId == \"walk-$RUN\" and .items[0].endedAt == null"
soon "/api/v1/logins?username=guest-$RUN" '.items | length == 2'
REFUSED=$(jq -r '[.items[] | select(.outcome != "accepted")][0].id' "$WORK/body")
api 'Why was it refused?' 200 GET "/api/v1/logins/$REFUSED/explain"

api 'Read the account' 200 GET "/api/v1/accounts/guest-$RUN"
TAG=$(etag)
api 'Suspend it, if nobody has changed it since' 200 PATCH "/api/v1/accounts/guest-$RUN" '{"status":"suspended"}' "If-Match: $TAG"
api 'With the old ETag nothing is changed' 412 PATCH "/api/v1/accounts/guest-$RUN" '{"remark":"late"}' "If-Match: $TAG"
radius auth "$AUTH" Access-Reject "User-Name=guest-$RUN,User-Password=walk-secret,$DEVICE"

api 'Ten vouchers' 201 POST /api/v1/vouchers "{\"quantity\":10,\"profile\":\"walk-$RUN\",\"remark\":\"walk-$RUN\"}"
has '.codes | length == 10'
CODE=$(jq -r '.codes[0]' "$WORK/body")
radius auth "$AUTH" Access-Accept "User-Name=$CODE,User-Password=$CODE,$DEVICE"
api 'The order, two at a time' 200 GET "/api/v1/vouchers?remark=walk-$RUN&limit=2"
NEXT=$(jq -r .next "$WORK/body")
api 'and on' 200 GET "/api/v1/vouchers?remark=walk-$RUN&limit=2&cursor=$NEXT"
has '.items | length == 2'

api 'The order as a sheet to print, with a QR picture each' 200 GET "/api/v1/vouchers/sheet?remark=walk-$RUN"
grep -q "$CODE" "$WORK/body" || fault "expected $CODE on the sheet"
api 'and as a file' 200 GET "/api/v1/vouchers/export?remark=walk-$RUN"
[ "$(grep -c 'V_' "$WORK/body")" -eq 10 ] || fault 'expected ten rows'

api 'Who changed what?' 200 GET "/api/v1/audit?name=guest-$RUN"
has '.items | length >= 2'
api 'How is the server?' 200 GET /api/v1/status
has .ready
api 'Delete the account' 204 DELETE "/api/v1/accounts/guest-$RUN"
radius auth "$AUTH" Access-Reject "User-Name=guest-$RUN,User-Password=walk-secret,$DEVICE"
api 'Log out' 204 POST /api/v1/logout
api 'The token is worth nothing now' 401 GET /api/v1/accounts

printf '\n%s unexpected answers\n' "$FAULTS"
[ "$FAULTS" -eq 0 ]
