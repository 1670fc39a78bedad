package com.example.startfragment;

import android.app.Fragment;
import android.telephony.TelephonyManager;
import android.util.Log;

public class InLayout extends Fragment {
    @Override
    public void onResume() {
        super.onResume();
        Log.i("layout", ((TelephonyManager) getActivity().getSystemService("phone")).getSubscriberId());
    }
}
