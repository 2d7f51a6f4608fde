#!/bin/sh
# Walks through the demo, and says where an answer is not the one expected. In another terminal:
#   dotnet run --project src/Kiwire.Server -- --demo
# Needs radclient (Debian: freeradius-utils) and curl. Ports other than the defaults come from the environment:
#   AUTH=127.0.0.1:1812 ACCT=127.0.0.1:1813 HTTP=http://127.0.0.1:8081 SECRET=testing123 sh samples/radclient.sh
set -eu

AUTH=${AUTH:-127.0.0.1:1812}
ACCT=${ACCT:-127.0.0.1:1813}
HTTP=${HTTP:-http://127.0.0.1:8081}
SECRET=${SECRET:-testing123}
SESSION=walk-$(date +%s)-$$
DEVICE='NAS-Identifier=demo-nas,Calling-Station-Id=02-00-00-00-00-01'
SIGNED='Message-Authenticator=0x00'
FAULTS=0

# ask WHAT ENDPOINT KIND EXPECTED ATTRIBUTES. A refusal makes radclient exit with 1, so its words are looked at, not its exit code.
ask() {
    printf '\n== %s\n' "$1"
    answer=$(printf '%s\n' "$5" | radclient -x -r 2 -t 3 "$2" "$3" "$SECRET" 2>&1) || true
    printf '%s\n' "$answer"
    case $answer in
        *"Received $4"*) ;;
        *) printf '!! expected %s\n' "$4"; FAULTS=$((FAULTS + 1)) ;;
    esac
}

# account WHAT ATTRIBUTES
account() {
    ask "$1" "$ACCT" acct Accounting-Response "User-Name=alice,Acct-Session-Id=$SESSION,Framed-IP-Address=192.0.2.77,$DEVICE,$2"
}

# get PAGE PATTERN: prints the lines that match.
get() {
    printf '\n== %s%s\n' "$HTTP" "$1"
    if ! curl -fsS "$HTTP$1" | grep -E "$2"; then
        printf '!! no line with %s\n' "$2"
        FAULTS=$((FAULTS + 1))
    fi
}

ask 'Is the server well? (Status-Server)' "$AUTH" status Access-Accept "$SIGNED"
ask 'The same, of accounting' "$ACCT" status Accounting-Response "$SIGNED"

ask 'A login' "$AUTH" auth Access-Accept "User-Name=alice,User-Password=wonderland,$DEVICE,$SIGNED"
# Not signed: a NAS on auto that never sends such a request is held to Message-Authenticator after a while, and radtest sends none.
ask 'The same with CHAP, not signed' "$AUTH" auth Access-Accept "User-Name=alice,CHAP-Password=wonderland,$DEVICE"
ask 'A wrong password' "$AUTH" auth Access-Reject "User-Name=alice,User-Password=looking-glass,$DEVICE,$SIGNED"
ask 'A suspended account' "$AUTH" auth Access-Reject "User-Name=carol,User-Password=carol,$DEVICE,$SIGNED"

account 'A session starts' 'Acct-Status-Type=Start'
account 'it goes on: 5 minutes, 10 MB down, 1 MB up' \
    'Acct-Status-Type=Interim-Update,Acct-Session-Time=300,Acct-Input-Octets=1000000,Acct-Output-Octets=10000000'
account 'and stops' \
    'Acct-Status-Type=Stop,Acct-Session-Time=420,Acct-Input-Octets=1500000,Acct-Output-Octets=15000000,Acct-Terminate-Cause=User-Request'

get /healthz/live '^live'
get /healthz/ready '"ready":true'
get /metrics '^radius_server_'

printf '\n%s unexpected answers\n' "$FAULTS"
[ "$FAULTS" -eq 0 ]
