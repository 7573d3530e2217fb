"""What views share: the network's plan, colour scales, legends, the sliding window, keys."""
