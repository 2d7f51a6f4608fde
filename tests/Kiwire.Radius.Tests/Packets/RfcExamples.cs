namespace Kiwire.Radius.Tests.Packets;

/// <summary>The packets that RFCs print, all under one secret.</summary>
internal static class RfcExamples
{
    public const string Secret = "xyzzy5461";

    // RFC 2865, 7.1: "nemo" logs in with the password "arctangent".
    public static byte[] TelnetRequest { get; } = Hex.Octets("""
        01 00 0038 0f403f9473978057bd83d5cb98f4227a
        01 06 6e656d6f
        02 12 0dbe708d93d413ce3196e43f782a0aee
        04 06 c0a80110
        05 06 00000003
        """);

    public static byte[] TelnetAccept { get; } = Hex.Octets("""
        02 00 0026 86fe220e7624ba2a1005f6bf9b55e0b2
        06 06 00000001
        0f 06 00000000
        0e 06 c0a80103
        """);

    // RFC 2865, 7.2: "flopsy" with CHAP.
    public static byte[] ChapRequest { get; } = Hex.Octets("""
        01 01 0047 2aee86f08d0d55969ca5978e0d3367a2
        01 08 666c6f707379
        03 13 16e97557c316185895f293ff6344077275
        04 06 c0a80110
        05 06 00000014
        06 06 00000002
        07 06 00000001
        """);

    public static byte[] ChapAccept { get; } = Hex.Octets("""
        02 01 0038 15efbc7dab26cfa3dc34d9c03c8601a4
        06 06 00000002
        07 06 00000001
        08 06 fffffffe
        0a 06 00000002
        0d 06 00000001
        0c 06 000005dc
        """);

    // RFC 2865, 7.3: "mopsy" is challenged, and answers wrongly.
    public static byte[] ChallengeRequest { get; } = Hex.Octets("""
        01 02 0039 f3a47a1f6a6d76710b947ab93041a039
        01 07 6d6f707379
        02 12 33657573778289b570885e15084825c5
        04 06 c0a80110
        05 06 00000007
        """);

    public static byte[] Challenge { get; } = Hex.Octets("""
        0b 02 004e 36f3c8764ae8c71157403c0c71ff9c45
        12 30 4368616c6c656e67652033323736393433302e2020456e74657220726573706f6e73652061742070726f6d70742e
        18 0a 3332373639343330
        """);

    public static byte[] ChallengeAnswer { get; } = Hex.Octets("""
        01 03 0043 b122556d428a13d0d6253807c457ecf0
        01 07 6d6f707379
        02 12 692c1f205fc081b919b95195f561a581
        04 06 c0a80110
        05 06 00000007
        18 0a 3332373639343330
        """);

    public static byte[] ChallengeReject { get; } = Hex.Octets("03 03 0014 a42f4fca45916c4e09c8340f9e746aa0");

    // RFC 5997, 6.1: Status-Server to the authentication port.
    public static byte[] StatusServer { get; } = Hex.Octets("""
        0c da 0026 8a54f4686fb394c52866e302185d0623
        50 12 5a665e2e1e8411f3e243822097c84fa3
        """);

    public static byte[] StatusServerAccept { get; } = Hex.Octets("02 da 0014 ef0d552a4bf2d693ec2b6fe8b5411d66");

    // RFC 5997, 6.2: Status-Server to the accounting port.
    public static byte[] StatusServerForAccounting { get; } = Hex.Octets("""
        0c b3 0026 925f6b66dd5fed571fcb1db7ad388260
        50 12 e8d6eabda910875cd91fdade26367858
        """);

    public static byte[] StatusServerForAccountingResponse { get; } = Hex.Octets("05 b3 0014 0f6f92145f107e2f504e860a4860669c");

    public static byte[][] All { get; } =
    [
        TelnetRequest, TelnetAccept, ChapRequest, ChapAccept, ChallengeRequest, Challenge, ChallengeAnswer, ChallengeReject,
        StatusServer, StatusServerAccept, StatusServerForAccounting, StatusServerForAccountingResponse,
    ];
}
