using System.Buffers.Binary;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Tests.MsChap;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class DesTests
{
    // Key with parity, block, result: as OpenSSL's legacy provider encrypts them; two of the keys are weak ones.
    [TestCase("133457799BBCDFF1", "0123456789ABCDEF", "85E813540F0AB405")]
    [TestCase("133457799BBCDFF1", "01A1D6D039776742", "43F5D94C3F6AD23A")]
    [TestCase("0101010101010101", "0123456789ABCDEF", "617B3A0CE8F07100")]
    [TestCase("0101010101010101", "01A1D6D039776742", "9EB2B6995D1A226C")]
    [TestCase("FEFEFEFEFEFEFEFE", "0123456789ABCDEF", "6DCE0DC9006556A3")]
    [TestCase("FEFEFEFEFEFEFEFE", "01A1D6D039776742", "79AD3B4B80296FF1")]
    [TestCase("0E329232EA6D0D73", "0123456789ABCDEF", "31AA59FEB64386A6")]
    [TestCase("0E329232EA6D0D73", "8787878787878787", "0000000000000000")]
    [TestCase("7CA110454A1A6E57", "0123456789ABCDEF", "CE40CA7FF275C844")]
    [TestCase("7CA110454A1A6E57", "01A1D6D039776742", "690F5B0D9A26939B")]
    public void Encrypts_a_block(string key, string block, string expected)
    {
        byte[] result = new byte[Des.BlockSize];

        Des.Encrypt(WithoutParity(Convert.FromHexString(key)), Convert.FromHexString(block), result);

        Assert.That(Convert.ToHexString(result), Is.EqualTo(expected));
    }

    private static byte[] WithoutParity(byte[] key)
    {
        ulong packed = 0;
        foreach (byte octet in key)
        {
            packed = (packed << 7) | (uint)(octet >> 1);
        }

        byte[] result = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(result, packed);
        return result[1..];
    }
}
