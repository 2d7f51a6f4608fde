using System.Runtime.InteropServices;

namespace Kiwire.Radius.Secrets;

/// <summary>The four words that MD5 carries from block to block (RFC 1321, 3.3). Little-endian, they are the digest.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Md5State(uint A, uint B, uint C, uint D)
{
    /// <summary>Before the first block.</summary>
    public static Md5State Initial => new(0x67452301u, 0xefcdab89u, 0x98badcfeu, 0x10325476u);
}
