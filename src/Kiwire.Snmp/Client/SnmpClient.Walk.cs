using System.Runtime.CompilerServices;
using Kiwire.Snmp.Messages;

namespace Kiwire.Snmp;

/// <content>Walks.</content>
public sealed partial class SnmpClient
{
    /// <summary>
    /// Everything that the agent has below an identifier, in its order, as it comes: by GetBulk, or GetNext where it speaks SNMPv1. Where there
    /// is nothing below it, the object of just this identifier, as snmpwalk does.
    /// </summary>
    /// <param name="target">Who is asked.</param>
    /// <param name="root">What to walk.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="SnmpException">It failed, after what was given out so far; <see cref="SnmpFault.NotIncreasing"/>: the agent does not
    /// come to an end; <see cref="SnmpFault.WalkTooLong"/>: it had more than <see cref="SnmpTarget.MaximumWalk"/> objects.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async IAsyncEnumerable<VariableBinding> WalkAsync(
        SnmpTarget target, ObjectId root, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ObjectId last = root;
        int count = 0;
        ObjectId[] asked = new ObjectId[1];
        while (true)
        {
            asked[0] = last;
            SnmpOutcome outcome = target.Credentials.Version == SnmpVersion.V1
                ? await RequestAsync(target, PduType.GetNextRequest, asked, cancellationToken).ConfigureAwait(false)
                : await BulkAsync(target, 0, target.MaxRepetitions, asked, cancellationToken).ConfigureAwait(false);
            if (outcome is { IsAnswered: true, Bindings.Length: 0 })
            {
                outcome = SnmpOutcome.Failed(SnmpFault.Malformed, "it has no object at all");
            }

            foreach (VariableBinding binding in BindingsOf(outcome, target))
            {
                bool isEnd = binding.Value.Type == SnmpType.EndOfMibView;
                if (!isEnd && binding.Id <= last)
                {
                    throw SnmpOutcome.Failed(SnmpFault.NotIncreasing, $"{binding.Id} after {last}").ToException(target);
                }

                if (isEnd || !binding.Id.StartsWith(root))
                {
                    if (count == 0 && await ItselfAsync(target, root, cancellationToken).ConfigureAwait(false) is { } itself)
                    {
                        yield return itself;
                    }

                    yield break;
                }

                if (count++ == target.MaximumWalk)
                {
                    throw SnmpOutcome.Failed(SnmpFault.WalkTooLong, $"it has more than {target.MaximumWalk} objects below {root}").ToException(target);
                }

                last = binding.Id;
                yield return binding;
            }
        }
    }

    private async ValueTask<VariableBinding?> ItselfAsync(SnmpTarget target, ObjectId id, CancellationToken cancellationToken)
    {
        // Fewer than two sub-identifiers are no object's.
        if (id.Length < 2)
        {
            return null;
        }

        VariableBinding binding = (await GetAsync(target, new[] { id }, cancellationToken).ConfigureAwait(false))[0];
        return binding.Value.IsException ? null : binding;
    }
}
