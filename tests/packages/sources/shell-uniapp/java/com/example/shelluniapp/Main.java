package com.example.shelluniapp;

import android.app.Activity;

public class Main extends Activity { }
