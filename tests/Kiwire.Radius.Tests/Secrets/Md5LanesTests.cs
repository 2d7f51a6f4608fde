using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Tests.Secrets;

[Parallelizable(ParallelScope.All)]
public sealed class Md5LanesTests
{
    [TestCase(16)]
    [TestCase(8)]
    [TestCase(1)]
    public void Any_number_of_states_agrees_with_one_after_the_other(int width)
    {
        if ((width == 16 && !Avx512F.IsSupported) || (width == 8 && !Avx2.IsSupported))
        {
            Assert.Ignore($"This processor has no {width} lanes.");
        }

        Random random = new(1321);
        for (int count = 0; count <= 50; count++)
        {
            Md5State[] states = new Md5State[count];
            byte[] blocks = new byte[count * 64];
            random.NextBytes(MemoryMarshal.AsBytes(states.AsSpan()));
            random.NextBytes(blocks);
            Md5State[] expected = [.. states];
            for (int i = 0; i < count; i++)
            {
                Md5.Compress(ref expected[i], blocks.AsSpan(i * 64, 64));
            }

            Md5Lanes.Compress(states, blocks, width);

            Assert.That(states, Is.EqualTo(expected), $"{count} states");
        }
    }

    [Test]
    public void Hashes_messages_side_by_side_as_the_platform_does()
    {
        const int Count = 37;
        Random random = new(64);
        byte[] blocks = new byte[Count * 64];
        byte[][] messages = new byte[Count][];
        Md5State[] states = new Md5State[Count];
        for (int i = 0; i < Count; i++)
        {
            messages[i] = new byte[i];
            random.NextBytes(messages[i]);
            messages[i].CopyTo(blocks, i * 64);
            blocks[(i * 64) + i] = 0x80;
            BitConverter.TryWriteBytes(blocks.AsSpan((i * 64) + 56), (ulong)i * 8);
            states[i] = Md5State.Initial;
        }

        Md5Lanes.Compress(states, blocks);

        for (int i = 0; i < Count; i++)
        {
            Assert.That(MemoryMarshal.AsBytes(states.AsSpan(i, 1)).ToArray(), Is.EqualTo(MD5.HashData(messages[i])), $"{i} octets");
        }
    }

    [Test]
    public void Refuses_blocks_that_do_not_match_the_states()
    {
        Assert.That(() => Md5Lanes.Compress(new Md5State[2], new byte[64]), Throws.ArgumentException);
    }
}
